namespace Tidemark.OpenAI;

/// <summary>A key goes over https, or to this machine; over plain http everybody on the way reads it.</summary>
internal static class KeyTransport
{
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>.</exception>
    public static void Check(OpenAIOptions options)
    {
        if (options.Key is { Length: > 0 } && !SecretTransport.Allows(options.BaseUrl))
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                $"the key would be sent unencrypted to '{options.BaseUrl.Scheme}://{options.BaseUrl.Authority}'",
                "use an address with https, or one of this machine; or unset the key if the server wants none");
        }
    }
}
