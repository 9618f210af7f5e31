// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtGui/QImage>

QT_BEGIN_NAMESPACE
class QModelIndex;
QT_END_NAMESPACE

//! The whole value of a cell, in each form that it can be looked at.
class CellContent
{
public:
    enum Form
    {
        Text,
        Json,
        Image,
        Bytes
    };

    //! The column, its type, and how long the value is.
    QString title;
    QString text;
    QString json; // indented; empty if it is none
    QImage image; // null if it is none
    QByteArray bytes;
    //! In which form to look at it first.
    Form suited = Text;
    bool isNull = false;

    //! What is in the cell; for an invalid index, that there is none. Texts are cut at a million characters,
    //! and say so: an editor lays out all of its text at once.
    static CellContent of(const QModelIndex &cell);
};
