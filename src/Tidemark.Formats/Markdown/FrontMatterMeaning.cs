namespace Tidemark.Formats;

/// <summary>Whether lines that are no YAML were meant as front matter: prose between two rules is none.</summary>
internal static class FrontMatterMeaning
{
    public static bool IsMapping(FrontMatter front, List<FrontMatterEntry> entries)
    {
        var stated = entries.FindAll(entry => !entry.IsComment);
        if (stated.Count == 0 || front.HasProse)
        {
            return false;
        }

        if (front.Extent == FrontMatterExtent.Doubtful)
        {
            return stated.Exists(entry => entry.IsSure) || stated.TrueForAll(entry => entry.IsDashed);
        }

        // Where nothing closes it, only a colon tells a key from a sentence.
        var isClosed = front.Extent != FrontMatterExtent.Open;
        var isMeant = stated.FindAll(entry => entry.IsMeant || (isClosed && entry.IsLikeKey));
        return isMeant.Count * 2 >= stated.Count && (isMeant[0] == stated[0] || stated.Count(entry => entry.IsSure) * 2 >= stated.Count);
    }
}
