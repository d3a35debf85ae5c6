using System.Globalization;

namespace Tidemark.Diagnostics;

/// <summary>A number with what it counts, in the grammar of one and of many.</summary>
internal static class Numbered
{
    /// <summary><c>1 change waits</c>, <c>2 changes wait</c>, <c>0 changes wait</c>.</summary>
    public static string Of(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
