namespace Tidemark.Sources;

/// <summary>The tree that is listed.</summary>
/// <param name="Folder">Where git works: in the repository.</param>
/// <param name="Commit">Its id.</param>
/// <param name="Tree">The id of the listed folder's tree.</param>
/// <param name="Below">The listed folder, seen from the top; empty: the top itself.</param>
/// <param name="CommittedAt">The committer's time.</param>
internal sealed record GitTree(string Folder, string Commit, string Tree, string Below, DateTimeOffset? CommittedAt);
