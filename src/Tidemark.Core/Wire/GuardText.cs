using System.Globalization;
using Tidemark.Syncing;

namespace Tidemark.Wire;

/// <summary>Bounds of the deletion guard as people write them: a number of documents, <c>100</c>, or a share of a source, <c>25%</c>.</summary>
public static class GuardText
{
    /// <summary>Reads the guard that a call asks for.</summary>
    /// <param name="name">What its caller calls the bound.</param>
    /// <param name="text">The bound; null: as configured.</param>
    /// <param name="allowDelete">Whether the call lets everything be deleted; a bound that is no bound is a mistake all the same.</param>
    /// <param name="configured">The guard of calls that do not say otherwise.</param>
    /// <exception cref="TidemarkException"><c>usage</c>: neither a number nor a share.</exception>
    public static DeletionGuard Parse(InputName name, string? text, bool allowDelete, DeletionGuard configured)
    {
        var guard = text is null ? configured : Parse(name, text);
        return allowDelete ? DeletionGuard.Off : guard;
    }

    private static DeletionGuard Parse(InputName name, string text)
    {
        if (text.EndsWith('%')
            && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 0 and <= 100)
        {
            return new DeletionGuard(null, percent / 100);
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var documents)
            ? new DeletionGuard(documents, null)
            : throw name.Wrong(
                text, $"give it a number of documents, or a share of the source: '{name.With("100")}', '{name.With("25%")}'");
    }
}
