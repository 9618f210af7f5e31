// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "options.h"

namespace Cli {

QByteArray helpText()
{
    return R"(Usage: qasyncmysql [options] <url> <sql> [parameter...]
       qasyncmysql [options] <url> --file FILE

Runs SQL on a MySQL or MariaDB server and prints what it gives.

  <url>        mysql://user@host:3306/schema?ssl-mode=VERIFY_CA
               mysql://user@localhost/schema?socket=/run/mysqld/mysqld.sock
  <sql>        one statement, or - for a script on standard input
  <parameter>  a value for each ? in the statement, in order; text unless --typed

Output
  --format table|tsv|csv|json|ndjson
                        table on a terminal, tsv otherwise
  --no-header           no line of column names (table, tsv, csv)
  --stream              print rows as they come and hold only a window of them
  --window N            rows of that window (default 10000); includes --stream
  --progress            a line of progress on standard error, if that is a terminal

Statements
  -f, --file FILE       run the statements of a script, one after another; - is
                        standard input. DELIMITER lines are understood
  --force               go on with a script after a statement that failed
  --typed               parameters are JSON: null, 5, 1.50, true, "text",
                        {"base64":"AP8="}
  --protocol text|prepared
                        how statements are sent (default text; prepared for CALL
                        with parameters, so that OUT parameters come back)
  --import FILE         insert the rows of a file, or of standard input (-), into a
                        table, all or none; csv, tsv or ndjson, by --format or
                        by the ending of its name; there is no <sql> then
  --into TABLE          that table, or schema.table
  --skip-errors         leave out rows that fail, and list them
  --load-local FILE     the file that a LOAD DATA LOCAL INFILE 'FILE' may send; - is
                        standard input, under any name
  --timeout MS          cancel a statement that takes longer
  --fetch-size N        have the server keep the result and hand out N rows at a
                        time; includes --stream and --protocol prepared
  --warnings            print the statement's warnings, each a line of JSON, on
                        standard error
  --attribute NAME=VALUE
                        an attribute of the statements, for MySQL; may be repeated

Connection
  --connect-timeout MS  for all of connecting (default 10000, 0 is none)
  --compress            with the server's best algorithm, if it has one
  --ssl-mode MODE       as in the URL
  --option KEY=VALUE    any other option of the URL; may be repeated
  --defaults-file FILE  options from a file like my.cnf; what the URL and the
                        command line say wins. mysql:/// leaves all to the file
  --defaults-group NAME read this group of it instead of [client],
                        [client-server] and [qasyncmysql]; may be repeated
  --login-path NAME     host, user and password of MySQL's ~/.mylogin.cnf; they
                        win over those of --defaults-file
  -p, --password-prompt ask for the password on the terminal

  -h, --help            this text
  -V, --version         the versions of the program and of Qt
  --                    what follows are no options

The password is taken from the URL, else from the environment variable
QASYNCMYSQL_PASSWORD, else from MYSQL_PWD.

Exit codes
  0  success                            4  security or protocol error
  1  the statement failed               5  a deadline passed
  2  wrong usage                      130  cancelled by Ctrl+C
  3  no connection, or it was lost

Each error is a line of JSON on standard error:
{"kind","code","sqlState","message","outcome","phase"}
)";
}

} // namespace Cli
