DROP TABLE enquiry_answers, enquiries;
