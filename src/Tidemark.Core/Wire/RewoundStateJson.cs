using System.Text.Json;
using Tidemark.Records;
using Tidemark.Rewinding;

namespace Tidemark.Wire;

/// <summary>What <c>store accept</c> prints.</summary>
public static class RewoundStateJson
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Gets it.</param>
    /// <param name="namespace">Of which namespace it is.</param>
    /// <param name="accepted">Null: there was nothing to accept.</param>
    public static void Write(Utf8JsonWriter json, string @namespace, RewoundState? accepted)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString("namespace", @namespace);
        json.WriteBoolean("accepted", accepted is not null);
        if (accepted is not null)
        {
            json.WriteNumber("known", accepted.Known);
            json.WriteNumber("found", accepted.Found);
            json.WriteString("noticedAt", Rfc3339.Of(accepted.NoticedAt));
        }

        json.WriteEndObject();
    }
}
