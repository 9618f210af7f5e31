// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/migrations/schemastate.h"

#include <QtTest/QTest>

using QAsyncMySql::Internal::SchemaState;

namespace {

SchemaState people(const QString &lines, const QString &options = QStringLiteral("ENGINE=InnoDB"))
{
    SchemaState state;
    state.setServer(QStringLiteral("9.7.0"));
    state.addTable(QStringLiteral("people"),
                   QStringLiteral("CREATE TABLE `people` (\n%1\n) %2").arg(lines, options));
    return state;
}

QString changes(const SchemaState &before, const SchemaState &now)
{
    // As it comes back from the table that keeps it.
    return now.changesSince(SchemaState::fromJson(before.toJson())).join(QStringLiteral("; "));
}

const QString Id = QStringLiteral("  `id` int NOT NULL,\n");
const QString Key = QStringLiteral("  PRIMARY KEY (`id`)");

} // namespace

/*
    What was changed in a schema, in words.
*/
class tst_SchemaState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void same();
    void parts();
    void oddDefinitions();
    void objects();
    void servers();
};

void tst_SchemaState::same()
{
    const SchemaState state = people(Id + Key);
    QCOMPARE(changes(state, state), QString());
    QCOMPARE(changes(people(Id + Key, QStringLiteral("ENGINE=InnoDB AUTO_INCREMENT=5")),
                     people(Id + Key, QStringLiteral("ENGINE=InnoDB AUTO_INCREMENT=17"))),
             QString());
    QVERIFY(SchemaState().isNull());
    QVERIFY(SchemaState::fromJson("{\"people\":\"0011\"}").isNull());
    QVERIFY(SchemaState::fromJson("no JSON").isNull());
    QCOMPARE(changes(SchemaState(), state), QString());
}

void tst_SchemaState::parts()
{
    const SchemaState before = people(Id + Key);
    QCOMPARE(changes(before, people(Id + QStringLiteral("  `a, b` int,\n") + Key)),
             QStringLiteral("table \"people\" was changed (column \"a, b\" is new)"));
    QCOMPARE(changes(people(Id + QStringLiteral("  `a` int,\n") + Key),
                     people(QStringLiteral("  `a` int,\n") + Id + Key)),
             QStringLiteral("table \"people\" was changed (the order of columns was changed)"));
    QCOMPARE(changes(before, people(Id + QStringLiteral("  PRIMARY KEY (`id`) USING HASH"))),
             QStringLiteral("table \"people\" was changed (primary key was changed)"));
    QCOMPARE(changes(before, people(Id + Key, QStringLiteral("ENGINE=MEMORY"))),
             QStringLiteral("table \"people\" was changed (its options were changed)"));
    const QString more
        = QStringLiteral(",\n  UNIQUE KEY `u` (`id`),\n  FULLTEXT KEY `f` (`id`),\n  KEY `k` "
                         "(`id`),\n  CONSTRAINT `r` FOREIGN KEY (`id`) REFERENCES `o` (`id`),\n  "
                         "CONSTRAINT `c` CHECK (`id` > 0)");
    QCOMPARE(
        changes(before, people(Id + Key + more)),
        QStringLiteral("table \"people\" was changed (check \"c\" is new, foreign key \"r\" is new, index "
                       "\"f\" is new, index \"k\" is new, index \"u\" is new)"));
    QString other = more;
    other.replace(QStringLiteral("`id` > 0"), QStringLiteral("`id` > 1"));
    QCOMPARE(changes(people(Id + Key + more), people(Id + Key + other)),
             QStringLiteral("table \"people\" was changed (check \"c\" was changed)"));
}

void tst_SchemaState::oddDefinitions()
{
    // A name with a backtick; a line end in a text; and no line at all.
    const SchemaState before = people(QStringLiteral("  `a``b` text DEFAULT ('x\n  y'),\n") + Id + Key);
    QCOMPARE(changes(before, people(QStringLiteral("  `a``b` text DEFAULT ('x\n  z'),\n") + Id + Key)),
             QStringLiteral("table \"people\" was changed (column \"a`b\" was changed)"));
    SchemaState odd;
    odd.addTable(QStringLiteral("odd"), QStringLiteral("CREATE TABLE `odd` AS one line"));
    odd.addTable(QStringLiteral("none"), QString());
    QCOMPARE(changes(odd, odd), QString());
}

void tst_SchemaState::objects()
{
    SchemaState before = people(Id + Key);
    before.add(QStringLiteral("procedure"), QStringLiteral("p"), QStringLiteral("one"));
    before.add(QStringLiteral("view"), QStringLiteral("v"), QStringLiteral("one"));
    SchemaState now;
    now.setServer(QStringLiteral("9.7.0"));
    now.add(QStringLiteral("procedure"), QStringLiteral("p"), QStringLiteral("two"));
    now.add(QStringLiteral("view"), QStringLiteral("v"), QString()); // not seen: cannot be compared
    now.add(QStringLiteral("table"), QStringLiteral("t"), QString());
    QCOMPARE(changes(before, now),
             QStringLiteral("procedure \"p\" was changed; table \"people\" is gone; table \"t\" is new"));
}

void tst_SchemaState::servers()
{
    SchemaState later = people(Id + QStringLiteral("  PRIMARY KEY (`id`) USING BTREE"));
    later.setServer(QStringLiteral("9.8.1"));
    QCOMPARE(
        changes(people(Id + Key), later),
        QStringLiteral("table \"people\" was changed (primary key was changed); the server was 9.7.0 and is "
                       "9.8.1, which may word definitions differently"));
    SchemaState same = people(Id + Key);
    same.setServer(QStringLiteral("9.8.1"));
    QCOMPARE(changes(people(Id + Key), same), QString());
}

QTEST_APPLESS_MAIN(tst_SchemaState)
#include "tst_schemastate.moc"
