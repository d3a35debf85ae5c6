using System.Text.Json;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>
/// What was forgotten, as JSON lines: the salt first, then one line for each name. Whoever has the file can tell whether an id that he knows was
/// forgotten, and nothing else.
/// </summary>
public static class SuppressionJson
{
    /// <summary>Writes the first line's object.</summary>
    public static void WriteSalt(Utf8JsonWriter json, string @namespace, StoreSecret secret)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(secret);
        json.WriteStartObject();
        json.WriteString("namespace", @namespace);
        json.WriteString("salt", secret.Salt);
        json.WriteEndObject();
    }

    /// <summary>Writes another line's object.</summary>
    public static void Write(Utf8JsonWriter json, Safeguard forgotten)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(forgotten);
        json.WriteStartObject();
        json.WriteString("scope", SafeguardNames.Of(forgotten.Scope));
        json.WriteString("hash", forgotten.Name);
        json.WriteString("receipt", forgotten.Note);
        JsonFields.Write(json, "since", forgotten.Since);
        json.WriteEndObject();
    }

    /// <summary>Reads what the two have written.</summary>
    /// <param name="lines">Of the file.</param>
    /// <exception cref="TidemarkException"><c>usage</c>: it is no such file.</exception>
    public static (string Namespace, string Salt, IReadOnlyList<Safeguard> Forgotten) Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        try
        {
            string[] all = [.. lines.Where(line => line.Trim().Length > 0)];
            using var first = JsonDocument.Parse(all.FirstOrDefault() ?? "");
            var salt = first.RootElement.GetProperty("salt").GetString()!;
            return first.RootElement.GetProperty("namespace").GetString() is { Length: > 0 } name && Convert.FromBase64String(salt).Length >= 16
                ? (name, salt, [.. all.Skip(1).Select(Read)])
                : throw new FormatException();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentNullException)
        {
            throw new TidemarkException(
                ErrorCodes.Usage, "the file is no list of what was forgotten", "name one that 'tidemark forget --export' has written", e);
        }
    }

    private static Safeguard Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var hash = root.GetProperty("hash").GetString()!;
        return new Safeguard(
            SafeguardKind.Forgotten,
            root.GetProperty("scope").GetString() switch
            {
                SafeguardNames.SourceId => SafeguardScope.SourceId,
                SafeguardNames.Document => SafeguardScope.Document,
                _ => throw new FormatException(),
            },
            hash.StartsWith("sha256:", StringComparison.Ordinal) ? hash : throw new FormatException(),
            root.GetProperty("receipt").GetString() ?? "",
            root.GetProperty("since").GetDateTimeOffset());
    }
}
