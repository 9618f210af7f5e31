// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/lookupmodel.h>
#include <QAsyncMySql/poolmodel.h>
#include <QAsyncMySql/querymodel.h>
#include <QAsyncMySql/schemamodel.h>
#include <QAsyncMySql/tablemodel.h>

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

QTEST_APPLESS_MAIN(tst_EnumProperties)
#include "tst_enumproperties.moc"
