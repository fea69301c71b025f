/** A row of the table `directory_aliases`. */
export interface AliasRow {
  from_ref: string;
  to_ref: string;
  comment: string | null;
  created_by: string;
  created_at: string;
}
