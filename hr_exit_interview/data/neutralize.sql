-- a copy of the database: links of leavers and outside interviewers do not work there
UPDATE hr_departure
   SET exit_token = NULL,
       exit_token_selector = NULL;
UPDATE hr_exit_interview
   SET interviewer_token = NULL,
       interviewer_token_selector = NULL;
-- mail that waits has such a link in it, which still works where the copy came from;
-- the mail goes with its message
DELETE FROM mail_message
 USING mail_mail
 WHERE mail_mail.mail_message_id = mail_message.id
   AND mail_mail.exit_interview_id IS NOT NULL;
