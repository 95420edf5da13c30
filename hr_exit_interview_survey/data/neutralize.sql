-- a copy of the database: links to questionnaires of leavers do not work there
UPDATE survey_user_input
   SET access_token = gen_random_uuid()::text
 WHERE is_exit;
