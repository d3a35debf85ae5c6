using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What a changed pipeline means for an index that was built with another one. Pure.</summary>
internal static class PipelineComparison
{
    /// <summary>Whether chunks or vectors would differ, so that a generation of its own is needed.</summary>
    public static bool NeedsGeneration(PipelineIdentity built, PipelineIdentity wanted) =>
        built != wanted;

    /// <summary>Whether the namespace was built with another one.</summary>
    public static bool Differs(NamespaceRecord @namespace, PipelineIdentity wanted) =>
        @namespace.Generation is { } built && NeedsGeneration(built.Pipeline, wanted);

    /// <exception cref="TidemarkException"><c>pipeline.changed</c>: the namespace was built with another one.</exception>
    public static void Require(NamespaceRecord @namespace, PipelineIdentity wanted)
    {
        if (Differs(@namespace, wanted))
        {
            throw Refusal(@namespace, wanted);
        }
    }

    public static TidemarkException Refusal(NamespaceRecord @namespace, PipelineIdentity wanted)
    {
        var refusal = Refusal(@namespace.Name, @namespace.Generation!.Pipeline, wanted);
        return @namespace.Beside is { Follows: true } beside && beside.Pipeline == wanted
            ? new TidemarkException(
                refusal.Code,
                refusal.Message,
                !beside.IsNewerThan(@namespace.Generation)
                    ? "a migration was promoted: write what the namespace is built with now into the settings, or leave it out there; "
                      + "'RollBackMigrationAsync()' goes back"
                    : "that is what a migration builds: leave the settings as they were until 'PromoteMigrationAsync()', "
                      + "syncs bring it along")
            : refusal;
    }

    /// <summary>Everything that differs; nothing of a rebuild with an unchanged pipeline.</summary>
    public static ChangedInputs ChangesOf(PipelineIdentity built, PipelineIdentity wanted)
    {
        var (former, now) = (TraitsOf(built), TraitsOf(wanted));
        return When(!Same(ModelOf(built), ModelOf(wanted)) || former.Revision != now.Revision, ChangedInputs.Model)
            | When(former.DocumentPrefix != now.DocumentPrefix || former.QueryPrefix != now.QueryPrefix, ChangedInputs.Template)
            | When(former.Normalize != now.Normalize || !Same(built.Embedded, wanted.Embedded), ChangedInputs.Normalization)
            | When(built.Stemming != wanted.Stemming, ChangedInputs.Stemming)
            | When(former.MaxInputTokens != now.MaxInputTokens || !Same(built.Chunker, wanted.Chunker), ChangedInputs.Chunker)
            | When(!Same(built.Index, wanted.Index), ChangedInputs.Index);
    }

    /// <summary>What differs most. A rebuild with an unchanged pipeline counts as another chunker would.</summary>
    public static EmbeddingCause CauseOf(PipelineIdentity built, PipelineIdentity wanted) =>
        ChangesOf(built, wanted).HasFlag(ChangedInputs.Model) ? EmbeddingCause.Model
        : !string.Equals(built.Space, wanted.Space, StringComparison.Ordinal) ? EmbeddingCause.Template
        : !string.Equals(built.Chunker, wanted.Chunker, StringComparison.Ordinal) ? EmbeddingCause.Chunker
        : !string.Equals(built.Embedded, wanted.Embedded, StringComparison.Ordinal) ? EmbeddingCause.Template
        : EmbeddingCause.Unknown;

    /// <summary>A space's name without the prefixes and the like that follow a question mark.</summary>
    private static string ModelOf(PipelineIdentity pipeline) => pipeline.Space.Split('?')[0];

    private static SpaceTraits TraitsOf(PipelineIdentity pipeline)
    {
        var mark = pipeline.Space.IndexOf('?', StringComparison.Ordinal);
        return (mark < 0 ? null : SpaceTraits.TryParse(pipeline.Space[(mark + 1)..])) ?? SpaceTraits.None;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);

    private static ChangedInputs When(bool differs, ChangedInputs input) => differs ? input : ChangedInputs.None;

    /// <summary>As the plan's reason says it.</summary>
    public static string NameOf(EmbeddingCause cause) => cause switch
    {
        EmbeddingCause.Unknown => "rebuild",
        EmbeddingCause.Template => "template",
        _ => cause == EmbeddingCause.Model ? "model" : "chunker",
    };

    /// <summary>Says what differs and what to do.</summary>
    public static TidemarkException Refusal(string @namespace, PipelineIdentity built, PipelineIdentity wanted)
    {
        var differences = new List<string>();
        Compare("embedder", built.Space, wanted.Space);
        Compare("chunker", built.Chunker, wanted.Chunker);
        Compare("embedding input", built.Embedded, wanted.Embedded);
        Compare("stemming", built.Stemming ?? "none", wanted.Stemming ?? "none");
        Compare("index", built.Index, wanted.Index);
        return new TidemarkException(
            ErrorCodes.PipelineChanged,
            $"the namespace '{@namespace}' was built with another pipeline: {string.Join("; ", differences)}",
            "leave the settings as they were; or build it beside the one that answers, with a way back: 'StartMigrationAsync()' "
            + "with them; or sync with them and SyncOptions.Rebuild, which builds it anew (only inputs that are new to the embedding store are embedded)");

        void Compare(string what, string former, string now)
        {
            if (!string.Equals(former, now, StringComparison.Ordinal))
            {
                differences.Add($"{what} was '{former}', now is '{now}'");
            }
        }
    }
}
