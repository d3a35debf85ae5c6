using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using Tidemark.Server;

namespace Tidemark.Service.Messages;

/// <summary>A message as a hook takes it: its body, what it is called, and its properties as headers. Pure.</summary>
internal static class RabbitMessage
{
    private const string Own = "amqp-";

    /// <param name="properties">Of the message.</param>
    /// <param name="exchange">That it was sent to.</param>
    /// <param name="routingKey">That it was sent with.</param>
    /// <param name="body">A copy of its own.</param>
    public static EventMessage Of(IReadOnlyBasicProperties properties, string exchange, string routingKey, ReadOnlyMemory<byte> body)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in properties.Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            if (TextOf(value) is { } text)
            {
                headers[name] = text;
            }
        }

        // What the sender says in headers of its own does not take the place of these.
        headers[Own + "exchange"] = exchange;
        headers[Own + "routing-key"] = routingKey;
        Put("Content-Type", properties.ContentType);
        Put("Content-Encoding", IsPacked(properties.ContentEncoding) ? properties.ContentEncoding : null);
        Put(Own + "type", properties.Type);
        Put(Own + "message-id", properties.MessageId);
        Put(Own + "correlation-id", properties.CorrelationId);
        Put(Own + "app-id", properties.AppId);
        Put(Own + "timestamp", properties.IsTimestampPresent() ? TextOf(properties.Timestamp) : null);
        return new EventMessage(body) { Id = properties.IsMessageIdPresent() ? properties.MessageId : null, Headers = headers };

        void Put(string name, string? value)
        {
            headers.Remove(name);
            if (!string.IsNullOrEmpty(value))
            {
                headers[name] = value;
            }
        }
    }

    /// <summary>Several clients name the encoding of text there.</summary>
    private static bool IsPacked(string? encoding) =>
        !string.IsNullOrEmpty(encoding) && !((string[])["utf-8", "utf8", "identity"]).Contains(encoding, StringComparer.OrdinalIgnoreCase);

    /// <returns>Null: it has no text that says it (a table, a list, bytes that are no UTF-8).</returns>
    private static string? TextOf(object? value) => value switch
    {
        null => null,
        string text => text,
        byte[] bytes => Utf8Of(bytes),
        bool flag => flag ? "true" : "false",
        AmqpTimestamp time => TimeOf(time.UnixTime),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? TimeOf(long seconds)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static string? Utf8Of(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
