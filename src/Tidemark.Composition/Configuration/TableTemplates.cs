using Tidemark.Sources;

namespace Tidemark.Composition.Configuration;

/// <summary>What every table of a database needs to become documents: a template of the id and one of the text.</summary>
internal static class TableTemplates
{
    /// <param name="place">The source, for messages.</param>
    /// <param name="name">The table's.</param>
    /// <param name="values">Its settings.</param>
    /// <param name="mistakes">Gets what is wrong, broken templates among it.</param>
    /// <returns>Null: one of them is missing.</returns>
    public static (string Id, string Text)? Bind(string place, string name, SettingValues values, ICollection<ConfigurationMistake> mistakes)
    {
        if (values.Text(SettingPaths.FeedId) is not { } id || values.Text(SettingPaths.FeedText) is not { } text)
        {
            mistakes.Add(new($"the table '{name}' of '{place}' lacks 'id' or 'text'", "it needs both, made of columns: \"id\": \"products/{id}\", \"text\": \"{name}\""));
            return null;
        }

        foreach (var template in new[] { id, text })
        {
            try
            {
                _ = new FieldTemplate(template);
            }
            catch (TidemarkException e)
            {
                mistakes.Add(new($"the table '{name}' of '{place}': {e.Message}", e.Remedy));
            }
        }

        return (id, text);
    }
}
