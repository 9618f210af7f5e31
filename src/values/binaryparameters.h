// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameters.h>

#include <vector>

namespace QAsyncMySql::Internal {

/*!
    The parameters as COM_STMT_EXECUTE has them, from the NULL bitmap on: bitmap, the flag that types
    follow, two bytes of type for each, then the values. Empty for no parameters.

    All must be valid and none a List (see checkParameters()).
*/
QByteArray encodeExecuteParameters(const Parameters &parameters);

/*!
    The same as it is where both sides agreed on CLIENT_QUERY_ATTRIBUTES (MySQL source documentation,
    "COM_STMT_EXECUTE"): the number of parameters before it, and a name behind each type, which only
    attributes have. Those come behind the parameters of the statement.
*/
QByteArray encodeNamedParameters(const Parameters &parameters, const Parameters &attributes);

//! What COM_QUERY has before the text under the same condition, with or without attributes.
QByteArray encodeQueryAttributes(const Parameters &attributes);

//! The type of a parameter as COM_STMT_EXECUTE and COM_STMT_BULK_EXECUTE write it; 0x8000 for unsigned.
quint16 wireType(const Parameter &parameter) noexcept;
/*!
    Appends a row of COM_STMT_BULK_EXECUTE: for each value an indicator byte and, unless that says NULL, the
   value. \a types has the type of each of its values so far, Null where there was none yet. Returns false,
   and appends nothing, if a value of \a row has another: the types are one for all rows of a command.
*/
bool appendBulkRow(QByteArray &to, const Parameters &row, std::vector<quint16> &types);

//! An Error of kind Usage that names the first parameter that cannot be sent, or no error.
Error checkParameters(const Parameters &parameters);
//! The same; devices too are refused, which can only be sent ahead of COM_STMT_EXECUTE.
Error checkHeldParameters(const Parameters &parameters);

} // namespace QAsyncMySql::Internal
