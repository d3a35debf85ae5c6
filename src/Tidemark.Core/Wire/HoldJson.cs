using System.Text.Json;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>Legal holds, as <c>hold</c> prints them.</summary>
public static class HoldJson
{
    /// <summary>Writes an array.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<Safeguard> holds)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(holds);
        json.WriteStartArray();
        foreach (var hold in holds)
        {
            json.WriteStartObject();
            json.WriteString(SafeguardNames.Of(hold.Scope), hold.Name);
            json.WriteString("reason", hold.Note);
            JsonFields.Write(json, "since", hold.Since);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one object: what became of a hold.</summary>
    public static void Write(Utf8JsonWriter json, SafeguardScope scope, string id, bool isNew, bool isHeld = true)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString(SafeguardNames.Of(scope), id);
        json.WriteBoolean("held", isHeld);
        json.WriteBoolean("added", isNew);
        json.WriteEndObject();
    }
}
