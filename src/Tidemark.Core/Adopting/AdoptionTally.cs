using Tidemark.Documents;

namespace Tidemark.Adopting;

/// <summary>Counts rows, and remembers the first ones that cannot be used.</summary>
internal sealed class AdoptionTally(bool isHalf)
{
    private const int MostNamed = 10;

    private readonly Dictionary<RowRefusal, long> _refused = [];
    private readonly List<ItemFailure> _errors = [];
    private AdoptionCounts _taken = new();

    /// <summary>Rows that somebody has to look at.</summary>
    public bool HasFaults => Of(RowRefusal.OtherDimensions) + Of(RowRefusal.Invalid) + Of(RowRefusal.Contradicting) > 0;

    /// <summary>Those that somebody has to look at; of each kind the first ten.</summary>
    public IReadOnlyList<ItemFailure> Errors => _errors;

    public AdoptionCounts Counts => _taken with
    {
        WithoutText = Of(RowRefusal.WithoutText),
        WithoutVector = Of(RowRefusal.WithoutVector),
        Blank = Of(RowRefusal.Blank),
        OtherDimensions = Of(RowRefusal.OtherDimensions),
        Invalid = Of(RowRefusal.Invalid),
        Contradicting = Of(RowRefusal.Contradicting),
    };

    public void Read(int rows) => _taken = _taken with { Rows = _taken.Rows + rows };

    public void Find(bool isDuplicate) => _taken = isDuplicate
        ? _taken with { Duplicates = _taken.Duplicates + 1 }
        : _taken with { Present = _taken.Present + 1 };

    public void Take(JudgedRow row) => _taken = _taken with
    {
        Taken = _taken.Taken + 1,
        Prefixed = _taken.Prefixed + (row.IsPrefixed ? 1 : 0),
        Padded = _taken.Padded + (char.IsWhiteSpace(row.Text[0]) || char.IsWhiteSpace(row.Text[^1]) ? 1 : 0),
        Shortened = _taken.Shortened + (row.Shaped.IsShortened ? 1 : 0),
        Rescaled = _taken.Rescaled + (row.Shaped.IsRescaled ? 1 : 0),
        Half = _taken.Half + (isHalf ? 1 : 0),
    };

    /// <param name="why">Which kind.</param>
    /// <param name="label">Of the row.</param>
    /// <param name="what">What is wrong with it; null: nothing is, it only cannot serve.</param>
    public void Refuse(RowRefusal why, string label, string? what)
    {
        _refused[why] = Of(why) + 1;
        if (what is not null && _refused[why] <= MostNamed)
        {
            _errors.Add(new ItemFailure(label, ErrorCodes.EmbeddingInvalid, $"'{label}' was not taken: {what}", RemedyOf(why), HidesDocuments: false));
        }
    }

    private long Of(RowRefusal why) => _refused.GetValueOrDefault(why);

    private static string RemedyOf(RowRefusal why) => why switch
    {
        RowRefusal.OtherDimensions =>
            "name the model with those dimensions: UseEmbedder(\"openai:MODEL:DIM\"); where a model gives shortened vectors, longer ones are cut with "
            + "AdoptionOptions.Shorten",
        RowRefusal.Contradicting =>
            "the vector that was there stays; a sync with SyncOptions.Force embeds anew what it needs",
        _ => "leave it as it is: its text is embedded when it is needed",
    };
}
