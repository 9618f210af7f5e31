// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/exportjob.h"

#include "errorexplanation.h"
#include "figures.h"

#include <QtCore/QDir>
#include <QtCore/QSaveFile>
#include <QtCore/QSettings>

using namespace QAsyncMySql;
using Type = TransferFormat::Type;

namespace {

QString folderKey()
{
    return QStringLiteral("exportFolder");
}

} // namespace

ExportJob::ExportJob(QObject *parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &ExportJob::ended);
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, this, &ExportJob::progressed);
}

ExportJob::~ExportJob()
{
    m_watcher.disconnect(this);
    m_reply.cancel();
    // The exporter lets go of the file when it hears of its end; the file, which nobody commits, is dropped.
}

QString ExportJob::suggestedFile(const QString &name)
{
    QString plain = name;
    for (QChar &c : plain)
        c = c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('-') ? c : QLatin1Char('_');
    const QString folder = QSettings().value(folderKey(), QDir::homePath()).toString();
    return QDir::toNativeSeparators(QDir(folder).filePath(plain + QLatin1String(".csv")));
}

QString ExportJob::withSuffix(const QString &file, Type type)
{
    const QString suffix = type == Type::Csv ? QStringLiteral("csv")
        : type == Type::Tsv                  ? QStringLiteral("tsv")
                                             : QStringLiteral("jsonl");
    const QFileInfo info(file);
    return QDir::toNativeSeparators(info.path() + QLatin1Char('/') + info.completeBaseName()
                                    + QLatin1Char('.') + suffix);
}

QString ExportJob::start(QAbstractItemModel *model, const QString &file, const TransferFormat &format)
{
    const Error wrong = format.check();
    if (wrong.isError())
        return wrong.message();
    auto output = std::make_unique<QSaveFile>(file);
    if (!output->open(QIODevice::WriteOnly))
        return tr("Cannot write %1: %2. Choose another file.").arg(file, output->errorString());
    QSettings().setValue(folderKey(), QFileInfo(file).absolutePath());
    m_output = std::move(output);
    m_reply = RowExporter(format).run(model, m_output.get());
    m_watcher.setFuture(m_reply);
    return QString();
}

void ExportJob::ended()
{
    const Outcome outcome = m_reply.result();
    const std::unique_ptr<QSaveFile> output = std::move(m_output);
    if (!outcome) {
        output->cancelWriting();
        const ErrorExplanation why = ErrorExplanation::of(outcome.error());
        const bool cancelled = outcome.error().kind() == Error::Kind::Cancelled;
        Q_EMIT finished(QString(), cancelled ? QString() : why.title + QLatin1String(": ") + why.message);
    } else if (!output->commit()) {
        Q_EMIT finished(QString(), tr("Cannot write %1: %2.").arg(output->fileName(), output->errorString()));
    } else {
        Q_EMIT finished(tr("%1 rows written, %2.").arg(countText(outcome->rows), memoryText(outcome->bytes)),
                        QString());
    }
}
