using Tidemark.Chunking;
using Tidemark.Syncing;

namespace Tidemark.Hosting.Settings;

/// <summary>Turns what every index has knobs for as the configuration says; what it leaves out is left open.</summary>
internal static class Knobs
{
    public static void Turn(TidemarkBuilder builder, TidemarkSettings settings)
    {
        if (settings.Text("Namespace") is { } name)
        {
            builder.UseNamespace(name);
        }

        if (settings.Flag("NormalizeInput") is { } normalize)
        {
            builder.NormalizeInput(normalize);
        }

        if (settings.Text("Stemming") is { } stemming)
        {
            builder.UseStemming(stemming.Equals("none", StringComparison.OrdinalIgnoreCase) ? null : stemming);
        }

        if (settings.Flag("KeepText") is { } keep)
        {
            builder.KeepText(keep);
        }

        if (settings.Duration("Wait") is { } wait)
        {
            builder.UseWait(wait);
        }

        TurnAppendOnly(builder, settings.Texts("AppendOnly"));
        TurnChunker(builder, settings);
        TurnGuard(builder, settings);
    }

    private static void TurnAppendOnly(TidemarkBuilder builder, IReadOnlyList<string> namespaces)
    {
        if (namespaces is [var one] && bool.TryParse(one, out var all))
        {
            if (all)
            {
                builder.AppendOnly();
            }
        }
        else if (namespaces.Count > 0)
        {
            builder.AppendOnly(namespaces);
        }
    }

    private static void TurnChunker(TidemarkBuilder builder, TidemarkSettings settings)
    {
        var (kind, size, overlap) = (
            settings.Choice<ChunkerKind>("Chunker:Kind"),
            settings.Number("Chunker:Size", ChunkerOptions.SmallestSize, ChunkerOptions.LargestSize),
            settings.Number("Chunker:Overlap", 0, ChunkerOptions.LargestSize));
        if ((kind, size, overlap) is (null, null, null))
        {
            return;
        }

        var choice = new ChunkerChoice { Kind = kind, Size = (int?)size, Overlap = (int?)overlap };
        try
        {
            _ = choice.Create(built: null, int.MaxValue); // what contradicts itself is told with the rest
        }
        catch (TidemarkException failure)
        {
            settings.Mistake(failure.Message, failure.Remedy);
        }

        builder.UseChunker(choice);
    }

    private static void TurnGuard(TidemarkBuilder builder, TidemarkSettings settings)
    {
        var (enabled, documents, share) = (settings.Flag("Guard:Enabled"), settings.Number("Guard:MaxDocuments"), settings.Share("Guard:MaxShare"));
        if (enabled == false)
        {
            builder.UseGuard(DeletionGuard.Off);
        }
        else if (documents is not null || share is not null)
        {
            builder.UseGuard(new DeletionGuard(documents ?? DeletionGuard.Default.MaxDocuments, share ?? DeletionGuard.Default.MaxShare));
        }
    }
}
