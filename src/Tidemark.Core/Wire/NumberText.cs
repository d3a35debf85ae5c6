using System.Globalization;

namespace Tidemark.Wire;

/// <summary>Numbers as people write them: digits, perhaps with a sign and a point, the same in every culture.</summary>
public static class NumberText
{
    /// <summary>Reads a number within bounds.</summary>
    /// <exception cref="TidemarkException"><c>usage</c>: no such number; the remedy names the bounds.</exception>
    public static double Parse(InputName name, string? text, NumberBounds bounds) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && bounds.Allow(number)
            ? number
            : throw name.Wrong(text, $"give it {bounds}");
}
