using System.Globalization;

namespace Tidemark.Diagnostics;

/// <summary>A number with what it counts, in the grammar of one and of many.</summary>
public static class Numbered
{
    /// <param name="count">How many there are.</param>
    /// <param name="one">What is said of one.</param>
    /// <param name="many">What is said of none, or more than one.</param>
    /// <returns><c>1 change waits</c>, <c>2 changes wait</c>, <c>0 changes wait</c>.</returns>
    public static string Of(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
