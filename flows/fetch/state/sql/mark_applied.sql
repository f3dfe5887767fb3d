insert or ignore into applied (file) values (:file)
