// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/lookupmodel.h>
#include <QAsyncMySql/poolmodel.h>
#include <QAsyncMySql/querymodel.h>
#include <QAsyncMySql/schemamodel.h>
#include <QAsyncMySql/tablemodel.h>

#include <QtCore/QHash>
#include <QtCore/QMetaProperty>
#include <QtTest/QTest>

using namespace QAsyncMySql;

/*
    QML that was compiled ahead of time by Qt 6.4 reads an enumeration as an int, whatever it is stored in:
   of a smaller one it compares bytes that are not its own.
*/
class tst_EnumProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areInts();
    void rolesDiffer();
};

void tst_EnumProperties::areInts()
{
    int seen = 0;
    for (const QMetaObject *type :
         {&LookupModel::staticMetaObject, &PoolModel::staticMetaObject, &QueryModel::staticMetaObject,
          &SchemaModel::staticMetaObject, &TableModel::staticMetaObject}) {
        for (int i = type->propertyOffset(); i < type->propertyCount(); ++i) {
            const QMetaProperty property = type->property(i);
            if (!property.isEnumType())
                continue;
            ++seen;
            QVERIFY2(property.metaType().sizeOf() == sizeof(int), property.name());
        }
    }
    QVERIFY(seen >= 4); // QueryModel has fetchPolicy and status, TableModel more
}

// A delegate may ask any of our models for any of our roles.
void tst_EnumProperties::rolesDiffer()
{
    QHash<int, QByteArray> names;
    for (const QMetaObject *type :
         {&LookupModel::staticMetaObject, &PoolModel::staticMetaObject, &QueryModel::staticMetaObject,
          &SchemaModel::staticMetaObject, &TableModel::staticMetaObject}) {
        const QMetaEnum roles = type->enumerator(type->indexOfEnumerator("Role"));
        QVERIFY2(roles.isValid(), type->className());
        for (int i = 0; i < roles.keyCount(); ++i) {
            const QByteArray name = roles.key(i);
            const QByteArray before = names.value(roles.value(i), name);
            QVERIFY2(before == name, QByteArray(before + " and " + name).constData());
            QVERIFY2(name == "FirstColumnRole" || roles.value(i) < QueryModel::FirstColumnRole,
                     name.constData());
            names.insert(roles.value(i), name);
        }
    }
    QVERIFY(names.size() > 30);
}

QTEST_APPLESS_MAIN(tst_EnumProperties)
#include "tst_enumproperties.moc"
