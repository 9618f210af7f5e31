// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/exportdialog.h"

#include "figures.h"
#include "look/messagebanner.h"

#include <QtCore/QAbstractItemModel>
#include <QtCore/QDir>
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
    m_file->setText(ExportJob::suggestedFile(name));
    formatChanged();
    setRunning(false);
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
    connect(&m_job, &ExportJob::finished, this, &ExportDialog::finished);
    connect(&m_job, &ExportJob::progressed, this,
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
    m_file->setText(ExportJob::withSuffix(m_file->text(), Type(m_format->currentData().toInt())));
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
    if (!mayOverwrite())
        return;
    const QString failure = m_job.start(m_model, m_file->text(), format());
    if (failure.isEmpty())
        setRunning(true);
    else
        m_banner->showMessage(failure);
}

void ExportDialog::finished(const QString &summary, const QString &failure)
{
    setRunning(false);
    m_state->setText(summary.isEmpty() ? tr("Nothing was written.") : summary);
    m_banner->showMessage(failure);
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
        m_job.cancel();
    else
        QDialog::reject();
}
