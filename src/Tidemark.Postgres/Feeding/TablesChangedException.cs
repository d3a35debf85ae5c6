namespace Tidemark.Postgres.Feeding;

/// <summary>A table is not what it was: everything is looked at again from the beginning.</summary>
internal sealed class TablesChangedException(string table) : Exception($"the table '{table}' has changed")
{
    public string Table => table;
}
