namespace Tidemark.Postgres.Archiving;

/// <summary>How the database keeps a number.</summary>
internal enum ColumnType
{
    /// <summary>In eight bytes, or it is no number.</summary>
    Other,
    Boolean,
    Int16,
    Int32,
}
