  const isForPeople = !/^\/(api(\/|$)|healthz$|openapi\.json$)/.test(request.path);
  if (isForPeople) return response.render("error", problem);
