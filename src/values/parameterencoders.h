// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameter.h>

namespace QAsyncMySql::Internal {

//! What registerParameterEncoder() was called for, or null.
VariantEncoder encoderOf(QMetaType type);

} // namespace QAsyncMySql::Internal
