// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/sqlwords.h"

const QStringList &sqlWords()
{
    static const QStringList words
        = QStringLiteral(
              "add all alter analyze and any as asc auto_increment begin between bigint binary bit blob "
              "boolean both by call cascade case char character check collate column commit constraint "
              "create cross current_date current_timestamp database date datetime decimal declare default "
              "delete desc describe distinct div double drop else end engine enum except exists explain "
              "false fetch float following for foreign from full function generated global grant group "
              "having if ignore in index inner insert int integer intersect interval into is join json "
              "key keys lateral leading left like limit lock longblob longtext mediumtext mod natural not "
              "null offset on or order outer over partition preceding prepare primary procedure range "
              "recursive references regexp release rename replace restrict revoke right rlike rollback "
              "row rows savepoint schema select session set show smallint start table temporary text then "
              "time timestamp tinyint to trailing transaction trigger true truncate unbounded union "
              "unique unsigned update use using values varbinary varchar view when where window with xor "
              "year")
              .split(QLatin1Char(' '));
    return words;
}
