namespace Tidemark.Composition.Configuration;

/// <summary>Where a RabbitMQ is, as its own clients write it (https://www.rabbitmq.com/docs/uri-spec).</summary>
internal static class RabbitAddress
{
    /// <summary>For remedies.</summary>
    public const string Expectation = "write 'amqps://USER:PASSWORD@HOST:PORT/VHOST' into a variable, and 'env:NAME' with its name here";

    /// <returns>Null: it cannot be read.</returns>
    public static Uri? Parse(string url) =>
        Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)
        && address.Scheme is "amqp" or "amqps" && address.Host.Length > 0 && address.Segments.Length <= 2 && address is { Query: "", Fragment: "" }
            ? address : null;

    /// <summary>Without user and password.</summary>
    public static string Shown(Uri address) =>
        $"{address.Scheme}://{address.Host}{(address.Port > 0 ? $":{address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : "")}{address.AbsolutePath}";
}
