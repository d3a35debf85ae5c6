using Tidemark.Chunking;
using Tidemark.Documents;
using Tidemark.Embedding;

namespace Tidemark.Adopting;

/// <summary>Says of each row whether it can be taken, and counts why not.</summary>
internal sealed class RowJudge(VectorForm form, AdoptionTally tally)
{
    /// <returns>Null where it cannot be taken; that is counted.</returns>
    public JudgedRow? Judge(OriginRow row)
    {
        if (row.Fault is { } fault)
        {
            tally.Refuse(RowRefusal.Invalid, row.Label, fault);
            return null;
        }

        if (row is not { Text: { } text, Vector: { } vector })
        {
            tally.Refuse(row.Text is null ? RowRefusal.WithoutText : RowRefusal.WithoutVector, row.Label, what: null);
            return null;
        }

        var isPrefixed = form.Prefix.Length > 0 && text.StartsWith(form.Prefix, StringComparison.Ordinal);
        var input = isPrefixed ? text[form.Prefix.Length..] : text;
        if (BlankText.Is(input))
        {
            tally.Refuse(RowRefusal.Blank, row.Label, what: null);
            return null;
        }

        if (HalfPair.IsIn(input))
        {
            tally.Refuse(RowRefusal.Invalid, row.Label, "its text has half of a surrogate pair");
            return null;
        }

        if (form.Shape(vector) is not { } shaped)
        {
            tally.Refuse(RowRefusal.OtherDimensions, row.Label, $"its vector has {vector.Length} dimensions, not {form.Space.Dimensions}");
            return null;
        }

        if (VectorValidator.Complaint(form.Space with { Dimensions = shaped.Vector.Length }, shaped.Vector.Span) is { } complaint)
        {
            tally.Refuse(RowRefusal.Invalid, row.Label, complaint);
            return null;
        }

        return new JudgedRow(row.Label, ContentHash.Of(input), input, shaped) { IsPrefixed = isPrefixed };
    }
}
