// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "types/rowexport.h"

#include <QtCore/QFileInfo>

using QAsyncMySql::TransferFormat;

namespace {

TransferFormat::Type typeOf(RowExport::Format format)
{
    switch (format) {
    case RowExport::Csv:
        return TransferFormat::Type::Csv;
    case RowExport::Tsv:
        return TransferFormat::Type::Tsv;
    case RowExport::JsonLines:
        break;
    }
    return TransferFormat::Type::JsonLines;
}

} // namespace

RowExport::RowExport(QObject *parent)
    : QObject(parent)
{
    connect(&m_job, &ExportJob::progressed, this, [this](int rows) {
        m_rows = rows;
        Q_EMIT rowsChanged();
    });
    connect(&m_job, &ExportJob::finished, this, [this](const QString &summary, const QString &failure) {
        m_summary = summary.isEmpty() ? tr("Nothing was written.") : summary;
        m_failure = failure;
        Q_EMIT runningChanged();
    });
}

QString RowExport::withSuffix(const QString &file, Format format) const
{
    return ExportJob::withSuffix(file, typeOf(format));
}

bool RowExport::exists(const QString &file) const
{
    return QFileInfo::exists(file);
}

void RowExport::clear()
{
    m_rows = 0;
    m_summary.clear();
    m_failure.clear();
    Q_EMIT rowsChanged();
    Q_EMIT runningChanged();
}

bool RowExport::start(QAbstractItemModel *model, const QString &file, Format format, bool header,
                      const QString &separator, const QString &nullText)
{
    clear();
    TransferFormat wanted(typeOf(format));
    wanted.setHeader(header);
    wanted.setSeparator(separator.isEmpty() ? ',' : separator.at(0).toLatin1());
    wanted.setNullText(nullText.toUtf8());
    m_failure = m_job.start(model, file, wanted);
    Q_EMIT runningChanged();
    return m_failure.isEmpty();
}
