using Tidemark.Postgres;

namespace Tidemark.Composition.Configuration;

/// <summary>The address of a PostgreSQL database. Apart from the others, so that nothing of the driver is loaded where nobody asks for it.</summary>
internal static class ServerAddress
{
    /// <returns>Null: it can be read.</returns>
    public static ConfigurationMistake? FindMistake(string url)
    {
        try
        {
            PostgresStore.CheckAddress(url);
            return null;
        }
        catch (TidemarkException e)
        {
            return new ConfigurationMistake(e.Message, e.Remedy);
        }
    }
}
