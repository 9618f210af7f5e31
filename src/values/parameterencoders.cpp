// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "values/parameterencoders.h"

#include <QtCore/QHash>
#include <QtCore/QReadWriteLock>

namespace QAsyncMySql::Internal {

namespace {

struct Encoders
{
    QReadWriteLock lock;
    QHash<int, VariantEncoder> byType;
};

Encoders &encoders()
{
    static Encoders instance;
    return instance;
}

} // namespace

void registerEncoder(QMetaType type, VariantEncoder encode)
{
    Encoders &all = encoders();
    const QWriteLocker lock(&all.lock);
    all.byType.insert(type.id(), encode);
}

VariantEncoder encoderOf(QMetaType type)
{
    Encoders &all = encoders();
    const QReadLocker lock(&all.lock);
    return all.byType.value(type.id());
}

} // namespace QAsyncMySql::Internal
