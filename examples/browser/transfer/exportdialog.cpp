// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/exportdialog.h"

#include "../shared/figures.h"
#include "look/messagebanner.h"

#include <QtCore/QAbstractItemModel>
#include <QtCore/QDir>
#include <QtCore/QSaveFile>
#include <QtCore/QSettings>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace QAsyncMySql;
using Type = TransferFormat::Type;

namespace {

QString suffixOf(Type type)
{
    switch (type) {
    case Type::Csv:
        return QStringLiteral("csv");
    case Type::Tsv:
        return QStringLiteral("tsv");
    case Type::JsonLines:
        return QStringLiteral("jsonl");
    }
    return QString();
}

} // namespace

ExportDialog::ExportDialog(QAbstractItemModel *model, const QString &name, QWidget *parent)
    : QDialog(parent)
    , m_model(model)
    , m_format(new QComboBox)
    , m_header(new QCheckBox(tr("&Names of the columns in the first line")))
    , m_separator(new QComboBox)
    , m_null(new QLineEdit)
    , m_file(new QLineEdit)
    , m_progress(new QProgressBar)
    , m_state(new QLabel)
    , m_banner(new MessageBanner)
    , m_start(new QPushButton(tr("E&xport")))
    , m_stop(new QPushButton(tr("&Close")))
{
    setWindowTitle(tr("Export rows"));
    build();
    const QString folder = QSettings().value(QStringLiteral("exportFolder"), QDir::homePath()).toString();
    QString plain = name;
    for (QChar &c : plain)
        c = c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('-') ? c : QLatin1Char('_');
    m_file->setText(QDir::toNativeSeparators(QDir(folder).filePath(plain + QLatin1String(".csv"))));
    formatChanged();
    setRunning(false);
}

ExportDialog::~ExportDialog()
{
    m_watcher.disconnect(this);
    m_reply.cancel();
    // The exporter lets go of the file when it hears of its end; the file, which nobody commits, is dropped.
}

void ExportDialog::build()
{
    m_format->addItem(tr("CSV, for spreadsheets"), int(Type::Csv));
    m_format->addItem(tr("TSV, as LOAD DATA reads it"), int(Type::Tsv));
    m_format->addItem(tr("JSON, one object a line"), int(Type::JsonLines));
    m_header->setChecked(true);
    m_separator->addItem(tr("Comma"), QChar(u','));
    m_separator->addItem(tr("Semicolon"), QChar(u';'));
    m_separator->addItem(tr("Bar"), QChar(u'|'));
    m_null->setPlaceholderText(tr("nothing"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(8);
    auto *browse = new QToolButton;
    browse->setText(QStringLiteral("…"));
    browse->setToolTip(tr("Choose a file"));
    auto *file = new QHBoxLayout;
    file->addWidget(m_file, 1);
    file->addWidget(browse);

    auto *form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignRight);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(9);
    form->addRow(tr("For&mat"), m_format);
    form->addRow(QString(), m_header);
    form->addRow(tr("&Separator"), m_separator);
    form->addRow(tr("N&ULL is written as"), m_null);
    auto *fileLabel = new QLabel(tr("&File"));
    fileLabel->setBuddy(m_file);
    form->addRow(fileLabel, file);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(m_start, QDialogButtonBox::ActionRole);
    buttons->addButton(m_stop, QDialogButtonBox::RejectRole);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 14);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addWidget(m_banner);
    layout->addStretch();
    layout->addWidget(m_progress);
    layout->addWidget(m_state);
    layout->addWidget(buttons);
    setMinimumWidth(540);
    m_start->setDefault(true);

    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::formatChanged);
    connect(browse, &QToolButton::clicked, this, &ExportDialog::chooseFile);
    connect(m_start, &QPushButton::clicked, this, &ExportDialog::start);
    connect(buttons, &QDialogButtonBox::rejected, this, &ExportDialog::reject);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &ExportDialog::finished);
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, this,
            [this](int rows) { m_state->setText(tr("%1 rows written …").arg(countText(rows))); });
}

TransferFormat ExportDialog::format() const
{
    TransferFormat format(Type(m_format->currentData().toInt()));
    format.setHeader(m_header->isChecked());
    format.setSeparator(m_separator->currentData().toChar().toLatin1());
    format.setNullText(m_null->text().toUtf8());
    return format;
}

void ExportDialog::formatChanged()
{
    const QFileInfo file(m_file->text());
    m_file->setText(QDir::toNativeSeparators(file.path() + QLatin1Char('/') + file.completeBaseName()
                                             + QLatin1Char('.')
                                             + suffixOf(Type(m_format->currentData().toInt()))));
    enableFields();
}

void ExportDialog::enableFields()
{
    const auto type = Type(m_format->currentData().toInt());
    m_header->setEnabled(!isRunning() && type != Type::JsonLines);
    m_separator->setEnabled(!isRunning() && type == Type::Csv);
    m_null->setEnabled(!isRunning() && type == Type::Csv);
    m_format->setEnabled(!isRunning());
    m_file->setEnabled(!isRunning());
    m_start->setEnabled(!isRunning());
}

void ExportDialog::chooseFile()
{
    // Whether to write over a file is asked when that is about to happen.
    const QString file = QFileDialog::getSaveFileName(this, tr("Export rows"), m_file->text(), QString(),
                                                      nullptr, QFileDialog::DontConfirmOverwrite);
    if (!file.isEmpty())
        m_file->setText(QDir::toNativeSeparators(file));
}

bool ExportDialog::mayOverwrite()
{
    return !QFileInfo::exists(m_file->text())
        || QMessageBox::question(this, tr("Write over the file?"),
                                 tr("%1 is there already.").arg(m_file->text()),
                                 QMessageBox::Save | QMessageBox::Cancel, QMessageBox::Cancel)
        == QMessageBox::Save;
}

void ExportDialog::start()
{
    m_banner->clear();
    const Error wrong = format().check();
    if (wrong.isError()) {
        m_banner->showError(wrong);
        return;
    }
    if (!mayOverwrite())
        return;
    auto output = std::make_unique<QSaveFile>(m_file->text());
    if (!output->open(QIODevice::WriteOnly)) {
        m_banner->showMessage(
            tr("Cannot write %1: %2. Choose another file.").arg(m_file->text(), output->errorString()));
        return;
    }
    QSettings().setValue(QStringLiteral("exportFolder"), QFileInfo(m_file->text()).absolutePath());
    m_output = std::move(output);
    setRunning(true);
    m_reply = RowExporter(format()).run(m_model, m_output.get());
    m_watcher.setFuture(m_reply);
}

void ExportDialog::finished()
{
    const Outcome outcome = m_reply.result();
    const std::unique_ptr<QSaveFile> output = std::move(m_output);
    setRunning(false);
    if (!outcome) {
        output->cancelWriting();
        m_state->setText(tr("Nothing was written."));
        if (outcome.error().kind() != Error::Kind::Cancelled)
            m_banner->showError(outcome.error());
    } else if (!output->commit()) {
        m_state->setText(tr("Nothing was written."));
        m_banner->showMessage(tr("Cannot write %1: %2.").arg(m_file->text(), output->errorString()));
    } else {
        m_state->setText(
            tr("%1 rows written, %2.").arg(countText(outcome->rows), memoryText(outcome->bytes)));
    }
}

void ExportDialog::setRunning(bool running)
{
    enableFields();
    m_stop->setText(running ? tr("&Cancel") : tr("&Close"));
    m_progress->setVisible(running);
    if (running)
        m_state->setText(tr("0 rows written …"));
}

// What runs is stopped first.
void ExportDialog::reject()
{
    if (isRunning())
        m_reply.cancel();
    else
        QDialog::reject();
}
