using System.Text.Json;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>
/// What was forgotten, as JSON lines: the salt first, then one line for each name. Whoever has the file can tell whether an id that he knows was
/// forgotten, and nothing else.
/// </summary>
public static class SuppressionJson
{
    /// <summary>Writes each of the lines.</summary>
    /// <param name="namespace">In which it was forgotten.</param>
    /// <param name="secret">Of the store.</param>
    /// <param name="forgotten">What was.</param>
    /// <exception cref="TidemarkException"><c>forget.missing</c>: nothing ever was.</exception>
    public static IReadOnlyList<Action<Utf8JsonWriter>> Lines(string @namespace, StoreSecret? secret, IReadOnlyList<Safeguard> forgotten) => secret is null
        ? throw new TidemarkException(ErrorCodes.ForgetMissing, "nothing was forgotten in this store", "there is nothing to export")
        : [json => WriteSalt(json, @namespace, secret), .. forgotten.Select(one => (Action<Utf8JsonWriter>)(json => Write(json, one)))];

    /// <summary>Writes the first line's object.</summary>
    private static void WriteSalt(Utf8JsonWriter json, string @namespace, StoreSecret secret)
    {
        json.WriteStartObject();
        json.WriteString("namespace", @namespace);
        json.WriteString("salt", secret.Salt);
        json.WriteEndObject();
    }

    /// <summary>Writes another line's object.</summary>
    private static void Write(Utf8JsonWriter json, Safeguard forgotten)
    {
        json.WriteStartObject();
        json.WriteString("scope", SafeguardNames.Of(forgotten.Scope));
        json.WriteString("hash", forgotten.Name);
        json.WriteString("receipt", forgotten.Note);
        JsonFields.Write(json, "since", forgotten.Since);
        json.WriteEndObject();
    }

    /// <summary>Writes one object: what may come back.</summary>
    public static void WriteLifted(Utf8JsonWriter json, SafeguardScope scope, string id)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString(SafeguardNames.Of(scope), id);
        json.WriteBoolean("forgotten", false);
        json.WriteEndObject();
    }

    /// <summary>Writes one object: what came of a list that was given to a restored store.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="suppressions">How many names the list has.</param>
    /// <param name="receipts">Of what the store had of them.</param>
    /// <param name="secret">Of the store, by which receipts are signed.</param>
    public static void WriteReapplied(Utf8JsonWriter json, int suppressions, IReadOnlyList<ErasureReceipt> receipts, StoreSecret? secret)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(receipts);
        json.WriteStartObject();
        json.WriteNumber("suppressions", suppressions);
        json.WriteNumber("documents", receipts.Sum(receipt => receipt.Documents));
        json.WriteStartArray("receipts");
        foreach (var receipt in receipts)
        {
            ErasureReceiptJson.Write(json, receipt, secret);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads the first line.</summary>
    /// <exception cref="TidemarkException"><c>usage</c>: it is none.</exception>
    internal static (string Namespace, string Salt) ReadSalt(ReadOnlyMemory<byte> line) => Read(line, root =>
        root.GetProperty("salt").GetString() is { } salt && Convert.FromBase64String(salt).Length >= 16
            && root.GetProperty("namespace").GetString() is { Length: > 0 } name
            ? (name, salt)
            : throw new FormatException());

    /// <summary>Reads another line.</summary>
    /// <exception cref="TidemarkException"><c>usage</c>: it is none.</exception>
    internal static Safeguard Read(ReadOnlyMemory<byte> line) => Read(line, root => new Safeguard(
        SafeguardKind.Forgotten,
        root.GetProperty("scope").GetString() switch
        {
            SafeguardNames.SourceId => SafeguardScope.SourceId,
            SafeguardNames.Document => SafeguardScope.Document,
            _ => throw new FormatException(),
        },
        root.GetProperty("hash").GetString() is { } hash && hash.StartsWith("sha256:", StringComparison.Ordinal) ? hash : throw new FormatException(),
        root.GetProperty("receipt").GetString() ?? "",
        root.GetProperty("since").GetDateTimeOffset()));

    internal static TidemarkException NoList(Exception? cause = null) => new(
        ErrorCodes.Usage, "the file is no list of what was forgotten", "name one that 'ForgottenAsync()' has written", cause);

    private static T Read<T>(ReadOnlyMemory<byte> line, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw NoList(e);
        }
    }
}
