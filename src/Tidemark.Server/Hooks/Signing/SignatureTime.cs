using System.Globalization;

namespace Tidemark.Server.Hooks.Signing;

/// <summary>Times in signatures: whole seconds since 1970, digits only. Pure.</summary>
internal static class SignatureTime
{
    private const int MostDigits = 11;

    /// <returns>Null: it is none.</returns>
    public static DateTimeOffset? Read(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MostDigits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
