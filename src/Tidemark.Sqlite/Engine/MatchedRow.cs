namespace Tidemark.Sqlite.Engine;

/// <summary>A row that FTS5 has found, while it is ranked.</summary>
internal readonly unsafe ref struct MatchedRow(RowFunctions* row, void* match)
{
    /// <summary>The first column; titles are in the other.</summary>
    private const int Text = 0;

    private readonly RowFunctions* _row = row;
    private readonly void* _match = match;

    /// <returns>0 where the weights are not of this query.</returns>
    public double Score(MatchWeights weights)
    {
        if (weights.Phrases.Length != _row->PhraseCount(_match))
        {
            return 0;
        }

        int length;
        if (_row->ColumnSize(_match, Text, &length) != NativeSqlite.Ok)
        {
            return 0;
        }

        var (score, bound) = (0.0, weights.Base + (weights.OfLength * length));
        for (var phrase = 0; phrase < weights.Phrases.Length; phrase++)
        {
            var weight = weights.Phrases[phrase];
            if (weight != 0 && Count(phrase, weights) is var count and > 0)
            {
                score += weight > 0 ? weight * count / (count + bound) : -weight;
            }
        }

        return score;
    }

    /// <summary>How often a phrase stands in the row's text, and the same for standing in its title.</summary>
    private int Count(int phrase, MatchWeights weights)
    {
        RowFunctions.Places places;
        int column, offset;
        var (count, ofTitle) = (0, 0);
        for (var code = _row->PhraseFirst(_match, phrase, &places, &column, &offset);
             code == NativeSqlite.Ok && column >= 0 && ofTitle == 0;
             _row->PhraseNext(_match, &places, &column, &offset))
        {
            (count, ofTitle) = column == Text ? (count + 1, 0) : (count, weights.OfTitle);
        }

        return Math.Min(count, weights.MostCounted) + ofTitle;
    }
}
