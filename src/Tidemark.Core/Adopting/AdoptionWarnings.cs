using Tidemark.Diagnostics;
using Tidemark.Documents;

namespace Tidemark.Adopting;

/// <summary>What a person should know of what was read.</summary>
internal static class AdoptionWarnings
{
    public static IEnumerable<ItemWarning> Of(OriginSurvey survey, AdoptionCounts counts, bool isCancelled)
    {
        if (counts.Rows == 0 && !isCancelled)
        {
            yield return new ItemWarning(
                survey.Of, ErrorCodes.SourceEmpty, $"'{survey.Of}' has no rows", "see whether it is the one that you mean, and that its rows may be read");
        }
        else if (survey.Rows is { } rows && rows != counts.Rows && !isCancelled)
        {
            yield return new ItemWarning(
                survey.Of,
                ErrorCodes.SourceChanging,
                $"'{survey.Of}' had {Numbered.Of(rows, "row", "rows")} at the beginning, and {counts.Rows} were read: it changed meanwhile",
                "make the same call again; what is stored stays");
        }
    }
}
