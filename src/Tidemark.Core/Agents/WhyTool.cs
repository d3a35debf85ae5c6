using Tidemark.Reporting;
using Tidemark.Wire;

namespace Tidemark.Agents;

/// <summary>Where the vectors of a document come from.</summary>
internal static class WhyTool
{
    private const int MostChunks = 100;

    private static readonly AgentToolText Text = new(
        "why",
        "Why a document was embedded",
        "Says for each chunk of a document which input made it be embedded (text, chunker, model, template, force), when, in which run and at "
        + "what cost, or where its vector came from. A hundred chunks at a time: where 'nextOffset' is there, call it again with that as 'offset'.",
        """
        {"type":"object","additionalProperties":false,"required":["id"],"properties":{
          "id":{"type":"string","description":"As 'search' gave it."},
          "offset":{"type":"integer","minimum":0,"default":0,"description":"How many chunks to leave out: 'nextOffset' of the answer before."}}}
        """,
        """
        {"type":"object","required":["document","chunks"],"properties":{
          "document":{"type":"string"},
          "namespace":{"type":"string"},
          "source":{"type":"string"},
          "space":{"type":"string","description":"The embedding model with its dimensions."},
          "chunker":{"type":"string"},
          "template":{"type":"string"},
          "tokens":{"type":"integer","description":"Paid for all chunks of this document."},
          "cost":{"type":["number","null"]},
          "currency":{"type":"string"},
          "chunks":{"type":"array","items":{"type":"object"}},
          "nextOffset":{"type":"integer"}}}
        """);

    public static AgentTool Make(AgentOptions options) => new(Text, async (index, arguments, cancellationToken) =>
    {
        var offset = arguments.Integer("offset", 0, 0, int.MaxValue);
        var why = await index.WhyAsync(arguments.RequireText("id"), options.Namespace, cancellationToken).ConfigureAwait(false);
        return json => WhyReportJson.WritePart(json, OfItsNamespace(why), offset, MostChunks);
    });

    /// <summary>Tools are for the documents of one namespace: that a vector was made for one of another is no business of theirs.</summary>
    private static WhyReport OfItsNamespace(WhyReport why) => why with
    {
        Chunks =
        [
            .. why.Chunks.Select(chunk => chunk.ReusedFromNamespace is { } from && from != why.Namespace
                ? chunk with { ReusedFrom = null, ReusedFromNamespace = null, EmbeddedIn = 0 }
                : chunk),
        ],
    };
}
