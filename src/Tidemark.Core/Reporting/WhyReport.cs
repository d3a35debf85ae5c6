using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;

namespace Tidemark.Reporting;

/// <summary>What was last embedded for a document, and which input caused it.</summary>
public sealed record WhyReport(
    DocumentSummary Document, string Namespace, PipelineIdentity Pipeline, IReadOnlyList<ChunkOrigin> Chunks)
{
    /// <summary>Tokens that were paid for this document itself.</summary>
    public long Tokens => Chunks.Where(chunk => !chunk.IsReused).Sum(chunk => chunk.Tokens);

    /// <summary>USD that this document itself cost; null where a price was not known.</summary>
    public decimal? Cost
    {
        get
        {
            decimal? sum = 0;
            foreach (var chunk in Chunks.Where(chunk => !chunk.IsReused && chunk.Tokens > 0))
            {
                sum += CostOf(chunk);
            }

            return sum;
        }
    }

    /// <summary>USD that the vector cost when it was made; null where the price was not known.</summary>
    public static decimal? CostOf(ChunkOrigin chunk) =>
        chunk.Tokens == 0 ? 0 : TokenPrice.CostOf(chunk.Tokens, chunk.PricePerMillionTokens);

    /// <summary>As the command line and the ledger call it.</summary>
    public static string NameOf(EmbeddingCause cause) => cause switch
    {
        EmbeddingCause.Text => "text",
        EmbeddingCause.Chunker => "chunker",
        EmbeddingCause.Model => "model",
        EmbeddingCause.Template => "template",
        EmbeddingCause.Force => "force",
        EmbeddingCause.Supplied => "supplied",
        EmbeddingCause.Repair => "repair",
        _ => "unknown",
    };
}
