// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QSet>
#include <QtCore/QString>
#include <QtCore/QStringList>

//! "order_items" as "OrderItems"; what C++ has no letters for is left out.
QString upperCamel(const QString &name);
//! "order_items" as "orderItems".
QString lowerCamel(const QString &name);

/*
    Names of one scope, each of them once and none a word of C++.
*/
class NameMaker
{
public:
    explicit NameMaker(const QStringList &taken);
    //! \a name, with something behind it if it is taken.
    QString unique(const QString &name);

private:
    QSet<QString> m_taken;
};
