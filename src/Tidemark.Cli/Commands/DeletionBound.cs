using System.Globalization;
using Tidemark.Syncing;

namespace Tidemark.Cli.Commands;

/// <summary>The deletion guard that a call's flags ask for.</summary>
internal static class DeletionBound
{
    /// <param name="text"><c>N</c> or <c>N%</c>; null: as configured.</param>
    /// <exception cref="TidemarkException"><c>usage</c>: neither a number nor a share.</exception>
    public static DeletionGuard Parse(string? text, bool allowDelete, DeletionGuard configured)
    {
        var guard = text is null ? configured : Parse(text);
        return allowDelete ? DeletionGuard.Off : guard;
    }

    private static DeletionGuard Parse(string text)
    {
        if (text.EndsWith('%')
            && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var percent)
            && percent is >= 0 and <= 100)
        {
            return new DeletionGuard(null, percent / 100);
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var documents)
            ? new DeletionGuard(documents, null)
            : throw new TidemarkException(
                ErrorCodes.Usage,
                $"'--max-delete' is '{text}'",
                "give it a number of documents, or a share of the source: '--max-delete 100', '--max-delete 25%'");
    }
}
