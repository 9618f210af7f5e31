// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "look/theme.h"

#include "look/flatstyle.h"

#include <QtCore/QEvent>
#include <QtGui/QStyleHints>
#include <QtWidgets/QApplication>

namespace {

QPalette lightPalette()
{
    QPalette p;
    p.setColor(QPalette::Window, QColor(0xf3f4f6));
    p.setColor(QPalette::WindowText, QColor(0x1f2430));
    p.setColor(QPalette::Base, QColor(0xffffff));
    p.setColor(QPalette::AlternateBase, QColor(0xf7f9fc));
    p.setColor(QPalette::Text, QColor(0x1f2430));
    p.setColor(QPalette::Button, QColor(0xf3f4f6));
    p.setColor(QPalette::ButtonText, QColor(0x1f2430));
    p.setColor(QPalette::ToolTipBase, QColor(0xffffff));
    p.setColor(QPalette::ToolTipText, QColor(0x1f2430));
    p.setColor(QPalette::PlaceholderText, QColor(0x9aa1ad));
    p.setColor(QPalette::Highlight, QColor(0x2f6fde));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Link, QColor(0x2f6fde));
    p.setColor(QPalette::Light, Qt::white);
    p.setColor(QPalette::Midlight, QColor(0xe7e9ee));
    p.setColor(QPalette::Mid, QColor(0xc9cdd6));
    p.setColor(QPalette::Dark, QColor(0xa6acb8));
    p.setColor(QPalette::Shadow, QColor(0x8a909c));
    return p;
}

QPalette darkPalette()
{
    QPalette p;
    p.setColor(QPalette::Window, QColor(0x21252b));
    p.setColor(QPalette::WindowText, QColor(0xd7dae0));
    p.setColor(QPalette::Base, QColor(0x181b20));
    p.setColor(QPalette::AlternateBase, QColor(0x1d2126));
    p.setColor(QPalette::Text, QColor(0xd7dae0));
    p.setColor(QPalette::Button, QColor(0x2b3038));
    p.setColor(QPalette::ButtonText, QColor(0xd7dae0));
    p.setColor(QPalette::ToolTipBase, QColor(0x2b3038));
    p.setColor(QPalette::ToolTipText, QColor(0xd7dae0));
    p.setColor(QPalette::PlaceholderText, QColor(0x737a87));
    p.setColor(QPalette::Highlight, QColor(0x3d6fd1));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Link, QColor(0x7aa6ff));
    p.setColor(QPalette::Light, QColor(0x3a404a));
    p.setColor(QPalette::Midlight, QColor(0x333942));
    p.setColor(QPalette::Mid, QColor(0x15181c));
    p.setColor(QPalette::Dark, QColor(0x121418));
    p.setColor(QPalette::Shadow, QColor(0x0c0e10));
    return p;
}

void dimDisabled(QPalette &palette)
{
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, palette.color(QPalette::PlaceholderText));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, palette.color(QPalette::Mid));
}

// Sets the palette, and again when the desktop becomes light or dark, if it is to be as that.
class PalettePainter : public QObject
{
public:
    explicit PalettePainter(QApplication *application)
        : QObject(application)
        , m_application(application)
        , m_desktop(QGuiApplication::palette())
    {
        setObjectName(QStringLiteral("theme"));
        application->installEventFilter(this);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] { paint(); });
#endif
    }

    static PalettePainter *of(QApplication &application)
    {
        QObject *known
            = application.findChild<QObject *>(QStringLiteral("theme"), Qt::FindDirectChildrenOnly);
        return known ? static_cast<PalettePainter *>(known) : new PalettePainter(&application);
    }

    void setMode(const QString &mode)
    {
        m_mode = mode;
        paint();
    }

protected:
    // Qt tells so of a change of the desktop, also before 6.5.
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const bool told = event->type() == QEvent::ThemeChange
            || (event->type() == QEvent::ApplicationPaletteChange && watched == m_application);
        if (told && !m_painting)
            lookAtDesktop();
        return QObject::eventFilter(watched, event);
    }

private:
    void lookAtDesktop()
    {
        m_painting = true;
        if (QGuiApplication::palette().color(QPalette::Window) == m_painted.color(QPalette::Window))
            QApplication::setPalette(QPalette()); // else it would be ours that we see
        m_desktop = QGuiApplication::palette();
        m_painting = false;
        paint();
    }

    bool isDesktopDark() const
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
        if (scheme != Qt::ColorScheme::Unknown)
            return scheme == Qt::ColorScheme::Dark;
#endif
        return Theme::isDark(m_desktop);
    }

    void paint()
    {
        const bool dark
            = m_mode == QLatin1String("dark") || (m_mode == QLatin1String("system") && isDesktopDark());
        m_painted = dark ? darkPalette() : lightPalette();
        dimDisabled(m_painted);
        m_painting = true;
        QApplication::setPalette(m_painted);
        m_painting = false;
    }

    QApplication *const m_application;
    QPalette m_desktop;
    QPalette m_painted;
    QString m_mode;
    bool m_painting = false;
};

} // namespace

void Theme::apply(QApplication &application, const QString &mode)
{
    PalettePainter *painter
        = PalettePainter::of(application); // made before the style is set, which has a palette
    if (!qobject_cast<FlatStyle *>(QApplication::style()))
        application.setStyle(new FlatStyle); // which then belongs to the application
    painter->setMode(mode);
}

bool Theme::isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

QColor Theme::good(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x57c27d) : QColor(0x1c8f4d);
}

QColor Theme::bad(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xf0717b) : QColor(0xc9303e);
}

QColor Theme::badBackground(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x40242a) : QColor(0xfdecee);
}

QColor Theme::goodBackground(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x1f3a2a) : QColor(0xe4f6ea);
}

QColor Theme::editedBackground(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x45391c) : QColor(0xfff3cf);
}

QColor Theme::busyBackground(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x22344f) : QColor(0xdfeafc);
}

QColor Theme::quiet(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x949ba8) : QColor(0x697180);
}
