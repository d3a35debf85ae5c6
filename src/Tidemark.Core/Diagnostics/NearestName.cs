namespace Tidemark;

/// <summary>What a person probably meant to type.</summary>
public static class NearestName
{
    /// <returns>
    /// The candidate with the smallest edit distance (Levenshtein, case ignored); null if none is close.
    /// </returns>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        var closest = Math.Max(2, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name, candidate);
            if (distance < closest)
            {
                (best, closest) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>How many letters have to be put, taken or changed to make one of the other; case does not count.</summary>
    public static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                var replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j - 1], row[j]));
            }
        }

        return row[^1];
    }
}
