namespace Tidemark.Networking;

/// <summary>What may stand in a header of a request as it is: a line end in a key would become a header of somebody else's.</summary>
public static class HeaderSecret
{
    /// <param name="secret">The key or token.</param>
    /// <param name="what">Names it for the message: <c>the key in the environment variable 'OPENAI_API_KEY'</c>.</param>
    /// <returns>The secret itself.</returns>
    /// <exception cref="TidemarkException">
    /// <c>configuration.invalid</c>: it has control characters or others than those of ASCII. It is not repeated.
    /// </exception>
    public static string Require(string secret, string what)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var bad = secret.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        return bad < 0 ? secret : throw new TidemarkException(
            ErrorCodes.ConfigurationInvalid,
            $"{what} cannot be sent: character {bad + 1} of {secret.Length} is "
            + (char.IsControl(secret[bad]) ? "a control character" : "not one of ASCII"),
            "copy it once more from where it was issued, as one line and without anything around it");
    }
}
