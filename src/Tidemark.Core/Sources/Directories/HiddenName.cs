using System.Text;

namespace Tidemark.Sources;

/// <summary>
/// Names of files and folders that nobody means as documents: those with a dot, and what programs lay beside a file while it is open or
/// was changed.
/// </summary>
internal static class HiddenName
{
    public static bool Is(ReadOnlySpan<byte> name) => name switch
    {
        [(byte)'.', ..] => true,

        // Word, Excel and others; Emacs and Vim.
        [(byte)'~', (byte)'$', ..] or [_, .., (byte)'~'] or [(byte)'#', _, .., (byte)'#'] => true,
        [(byte)'T' or (byte)'t', ..] => Ascii.EqualsIgnoreCase(name, "Thumbs.db"u8),
        [(byte)'D' or (byte)'d', ..] => Ascii.EqualsIgnoreCase(name, "desktop.ini"u8),
        _ => EndsIn(name, ".swp"u8) || EndsIn(name, ".swo"u8),
    };

    private static bool EndsIn(ReadOnlySpan<byte> name, ReadOnlySpan<byte> ending) =>
        name.Length > ending.Length && Ascii.EqualsIgnoreCase(name[^ending.Length..], ending);
}
