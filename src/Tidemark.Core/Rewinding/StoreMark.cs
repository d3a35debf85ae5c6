using System.Security.Cryptography;

namespace Tidemark.Rewinding;

/// <summary>By what a store is known wherever it is: made once by chance, copied with it.</summary>
internal static class StoreMark
{
    private const int Length = 32;

    public static string Create() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2));

    /// <summary>Stores come from anywhere; what stands in them is not taken for a name as it is.</summary>
    public static bool IsOne(string? mark) => mark is { Length: Length } && mark.All(char.IsAsciiHexDigitLower);
}
