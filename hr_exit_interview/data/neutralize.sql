-- a copy of the database: links of leavers and outside interviewers do not work there
UPDATE hr_departure
   SET exit_token = NULL,
       exit_token_selector = NULL;
UPDATE hr_exit_interview
   SET interviewer_token = NULL,
       interviewer_token_selector = NULL;
