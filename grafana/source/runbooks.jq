include "panels";

# The pages of docs/runbooks, in the order of their names: links from panels count on it.
dashboard("runbooks"; "Runbooks"; "What each alert means, where to look first, and what to do."; [];
  $runbooks | to_entries | map(words(.key; .value)))
