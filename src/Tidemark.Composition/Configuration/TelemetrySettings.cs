namespace Tidemark.Composition.Configuration;

/// <summary>Where traces and metrics go, and how.</summary>
internal sealed record TelemetrySettings(Uri Endpoint, bool IsGrpc)
{
    public Uri Traces => AddressOf("v1/traces");

    public Uri Metrics => AddressOf("v1/metrics");

    /// <summary>Over HTTP each signal has an address of its own.</summary>
    private Uri AddressOf(string path) => IsGrpc ? Endpoint : new Uri($"{Endpoint.AbsoluteUri.TrimEnd('/')}/{path}");

    /// <summary>Null: nowhere. The address is not part of a message, for it may hold a key.</summary>
    public static TelemetrySettings? Bind(SettingValues values, ICollection<ConfigurationMistake> mistakes)
    {
        if (values.Text(SettingPaths.TelemetryEndpoint) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https")
        {
            return new TelemetrySettings(endpoint, values.Text(SettingPaths.TelemetryProtocol) == "grpc");
        }

        mistakes.Add(new(
            $"'{SettingPaths.TelemetryEndpoint}' is not an address that begins with http:// or https://",
            "write the address of a collector, for instance 'http://localhost:4318', or leave it out"));
        return null;
    }
}
