using System.Text.Json;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>A document that can be brought back, as <c>archive list</c> prints it.</summary>
public static class ArchivedDocumentJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, ArchivedDocument archived)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(archived);
        var (document, until, ended) = archived.State;
        json.WriteStartObject();
        json.WriteString("document", document.Id);
        if (archived.State.Damage is { } damage)
        {
            json.WriteStartObject("error");
            json.WriteString("code", damage.Code);
            json.WriteString("message", damage.Message);
            json.WriteString("remedy", damage.Remedy);
            json.WriteEndObject();
            json.WriteEndObject();
            return;
        }

        json.WriteString("source", document.Source);
        json.WriteString("sourceId", document.SourceId);
        json.WriteString("ended", StateEnds.NameOf(ended!.Value));
        JsonFields.Write(json, "at", archived.At);
        JsonFields.Write(json, "run", until?.Run);
        json.WriteNumber("chunks", document.Chunks);
        JsonFields.Write(json, "expiresAt", document.ExpiresAt);
        JsonFields.Write(json, "recoverableUntil", archived.RecoverableUntil);
        json.WriteBoolean("held", archived.RecoverableUntil is null);
        json.WriteEndObject();
    }
}
