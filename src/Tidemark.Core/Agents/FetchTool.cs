using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Reporting;
using Tidemark.Syncing.History;

namespace Tidemark.Agents;

/// <summary>Reads a document, a part at a time where it is long.</summary>
internal static class FetchTool
{
    private const int UsualLength = 30_000;
    private const int MostLength = 100_000;
    private const int MostMetadata = 20_000;

    private static readonly AgentToolText Text = new(
        "fetch",
        "Read a document",
        "Gives the text of a document by the 'id' that 'search' found. A long text comes in parts: where 'truncated' is true, call it again "
        + "with 'offset' as 'nextOffset' says.",
        """
        {"type":"object","additionalProperties":false,"required":["id"],"properties":{
          "id":{"type":"string","description":"As 'search' gave it."},
          "offset":{"type":"integer","minimum":0,"default":0,"description":"Where to begin, in characters: 'nextOffset' of the answer before."},
          "length":{"type":"integer","minimum":1,"maximum":100000,"default":30000,"description":"At most so many characters."}}}
        """,
        """
        {"type":"object","required":["id","title","text","url","metadata","truncated"],"properties":{
          "id":{"type":"string"},
          "title":{"type":"string"},
          "text":{"type":"string","description":"The text from 'offset' on."},
          "url":{"type":"string","description":"To cite."},
          "metadata":{"type":"object"},
          "source":{"type":"string"},
          "updatedAt":{"type":"string","description":"When this version came into the index."},
          "offset":{"type":"integer"},
          "characters":{"type":"integer","description":"Of the whole text."},
          "truncated":{"type":"boolean","description":"True: the text goes on at 'nextOffset'."},
          "nextOffset":{"type":"integer"},
          "assembled":{"type":"boolean","description":"The text is not kept: this is its chunks, one after another."},
          "metadataOmitted":{"type":"integer","description":"The metadata have so many characters, and are left out."}}}
        """);

    public static AgentTool Make(AgentOptions options, DocumentUrls urls) => new(Text, async (index, arguments, cancellationToken) =>
    {
        var offset = arguments.Integer("offset", 0, 0, int.MaxValue);
        var length = arguments.Integer("length", UsualLength, 1, MostLength);
        var whole = await index.TextAsync(arguments.RequireText("id"), options.Namespace, cancellationToken).ConfigureAwait(false);
        var part = TextPart.Of(whole.Text, offset, length);
        var document = whole.Document;
        return json => Write(json, whole, part, urls.Of(index, document.Id, document.Source, document.Metadata));
    });

    private static void Write(Utf8JsonWriter json, DocumentText whole, TextPart part, string url)
    {
        var document = whole.Document;
        json.WriteStartObject();
        json.WriteString("id", document.Id);
        json.WriteString("title", SearchTool.TitleOf(document.Id, document.Metadata));
        json.WriteString("text", whole.Text.AsSpan(part.Start, part.Length));
        json.WriteString("url", url);
        WriteMetadata(json, document.Metadata);
        json.WriteString("source", document.Source);
        JsonFields.Write(json, "updatedAt", document.UpdatedAt);
        json.WriteNumber("offset", part.Start);
        json.WriteNumber("characters", whole.Text.Length);
        json.WriteBoolean("truncated", part.End < whole.Text.Length);
        if (part.End < whole.Text.Length)
        {
            json.WriteNumber("nextOffset", part.End);
        }

        if (whole.IsAssembled)
        {
            json.WriteBoolean("assembled", true);
        }

        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, DocumentMetadata metadata)
    {
        var length = metadata.Json.Length;
        JsonFields.WriteMetadata(json, length <= MostMetadata ? metadata : DocumentMetadata.Empty);
        if (length > MostMetadata)
        {
            json.WriteNumber("metadataOmitted", length);
        }
    }
}
