namespace Tidemark.Composition.Configuration;

/// <summary>What a layer says of a source that is a database.</summary>
/// <param name="Place">For messages: <c>sources.products</c>.</param>
/// <param name="Values">Its own settings.</param>
/// <param name="Tables">Those of its tables, by name.</param>
internal sealed record FeedValues(string Place, SettingValues Values, List<(string Name, SettingValues Values)> Tables);
